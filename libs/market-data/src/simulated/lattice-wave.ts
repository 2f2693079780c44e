import { latticeTriangle } from './random-stream.js';

/** A slow random line over the minutes of a session: straight between nodes of a lattice. Fast when minutes rise, right in any order. */
export class LatticeWave {
  private readonly key: number;
  private readonly spacing: number;
  private readonly height: number;
  private node = -1;
  private left = 0;
  private slope = 0;

  /** @param spacing minutes between nodes @param height largest value */
  constructor(key: number, spacing: number, height: number) {
    this.key = key;
    this.spacing = spacing;
    this.height = height;
  }

  at(minute: number): number {
    const from = this.node * this.spacing;
    if (minute < from || minute >= from + this.spacing || this.node < 0) this.move(minute);
    return this.left + this.slope * (minute - this.node * this.spacing);
  }

  private move(minute: number): void {
    this.node = Math.floor(minute / this.spacing);
    this.left = this.height * latticeTriangle(this.key, this.node);
    this.slope = (this.height * latticeTriangle(this.key, this.node + 1) - this.left) / this.spacing;
  }
}
