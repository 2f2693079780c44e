import { AppError, paiseFromRupees, type Paise } from '@sos/domain';

/** `--capital` in rupees: digits with optional grouping and paise, above zero. @throws SOS_INPUT */
export function parseCapital(text: string): Paise {
  const rupees = Number(text.replaceAll(/[,_]/g, ''));
  if (!/^[\d,_]+(\.\d{1,2})?$/.test(text) || !(rupees > 0) || rupees > 9e11)
    throw new AppError('SOS_INPUT', `expected --capital as rupees above 0, found "${text}"`);
  return paiseFromRupees(rupees);
}

/** `--seed`: a whole number 0..4294967295. @throws SOS_INPUT */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff)
    throw new AppError('SOS_INPUT', `expected --seed as a whole number from 0 to 4294967295, found "${text}"`);
  return seed;
}
