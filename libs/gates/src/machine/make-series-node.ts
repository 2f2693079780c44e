import { AppError } from '@sos/domain';
import { DeviationNode, EmaNode, RsiNode, SmaNode, WmaNode } from './average-nodes.js';
import { AtrNode, HighestNode, LowestNode, OpeningNode, PreviousNode, VwapNode } from './bar-nodes.js';
import { RelativeVolumeNode } from './relative-volume-node.js';
import type { SeriesNode, SeriesPlaces } from './series-node.js';

/** The value with memory that a graph node describes. */
export function makeSeriesNode(places: SeriesPlaces): SeriesNode {
  switch (places.state) {
    case 'sma':
      return new SmaNode(places);
    case 'ema':
      return new EmaNode(places);
    case 'wma':
      return new WmaNode(places);
    case 'rsi':
      return new RsiNode(places);
    case 'stdev':
    case 'bandwidth':
      return new DeviationNode(places);
    case 'highest':
      return new HighestNode(places);
    case 'lowest':
      return new LowestNode(places);
    case 'atr':
      return new AtrNode(places);
    case 'vwap':
      return new VwapNode(places);
    case 'prev':
    case 'lag':
      return new PreviousNode(places);
    case 'openingHigh':
    case 'openingLow':
      return new OpeningNode(places);
    case 'rvol':
      return new RelativeVolumeNode(places);
    default:
      throw new AppError(
        'SOS_INVARIANT',
        `expected a value with memory, found ${String(places.state satisfies never)}`,
      );
  }
}
