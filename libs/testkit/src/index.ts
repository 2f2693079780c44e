export { arbitraryBars } from './arbitraries.js';
export { barsFrom, type BarRow } from './bar-builder.js';
export { deepTest, describeWithRecordedData, recordedData, recordedDataFolder } from './recorded-data.js';
