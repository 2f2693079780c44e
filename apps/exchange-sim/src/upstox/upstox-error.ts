/** A refusal with the vendor's code. */
export class UpstoxError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The error as one of an envelope's, with the deprecated names too. */
  row(): object {
    const { code, message } = this;
    const copies = { errorCode: code, message, propertyPath: null, invalidValue: null };
    return { ...copies, error_code: code, property_path: null, invalid_value: null };
  }

  /** The vendor's envelope. */
  body(): object {
    return { status: 'error', errors: [this.row()] };
  }
}

export const INVALID_TOKEN = () => new UpstoxError(401, 'UDAPI100050', 'Invalid token used to access API');
export const INVALID_KEY = () => new UpstoxError(400, 'UDAPI100011', 'Invalid Instrument key');
export const TOO_MANY = () => new UpstoxError(429, 'UDAPI10005', 'Too Many Request Sent');
export const NOT_FOUND = () => new UpstoxError(404, 'UDAPI100060', 'Resource not Found');
