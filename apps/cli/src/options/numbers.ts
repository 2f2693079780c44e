import { AppError, paiseFromRupees, type Paise } from '@sos/domain';

/** `--capital` in rupees: digits with optional grouping and paise, above zero. @throws SOS_INPUT */
export function parseCapital(text: string): Paise {
  const rupees = Number(text.replaceAll(/[,_]/g, ''));
  if (!/^[\d,_]+(\.\d{1,2})?$/.test(text) || !(rupees > 0) || rupees > 9e11)
    throw new AppError('SOS_INPUT', `expected --capital as rupees above 0, found "${text}"`);
  return paiseFromRupees(rupees);
}

/** `--chain-max-age`: minutes of age up to which gates read a chain page, above 0 and within a session. @throws SOS_INPUT */
export function parseChainMaxAge(text: string): number {
  const minutes = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(minutes > 0) || minutes > 375)
    throw new AppError('SOS_INPUT', `expected --chain-max-age as minutes above 0, at most 375, found "${text}"`);
  return minutes;
}

/** `--seed`: a whole number 0..4294967295. @throws SOS_INPUT */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff)
    throw new AppError('SOS_INPUT', `expected --seed as a whole number from 0 to 4294967295, found "${text}"`);
  return seed;
}
