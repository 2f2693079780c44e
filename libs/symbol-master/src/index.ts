export { formatContractId, parseContractId, type ContractParts } from './contracts/contract-id.js';
export { futureContract, indexContract, optionContract, type OptionParts } from './contracts/contract-pool.js';
export { parseUnderlying } from './contracts/underlying-name.js';
export { atmStrike, nearestStrikeIndex, strikeAt, strikeLadder, type StrikeRequest } from './strikes/strikes.js';
