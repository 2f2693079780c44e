import { isAppError, type EpochMs } from '@sos/domain';
import { readBooks, type OrderAnswer, type OrderStream } from '../broker/broker.js';
import type { DeskEffect, DeskEvent, MessageOutcome } from '../desk/desk-event.js';
import type { DeskRecord } from '../desk/desk-record.js';
import type { LiveDesk } from '../desk/live-desk.js';
import { Outbox, type OrderMessage } from './outbox.js';
import type { ShellPorts } from './shell-ports.js';

type WithoutTime<T> = T extends unknown ? Omit<T, 'time'> : never;

/** What may be told to a shell: it adds the time. */
export type ShellEvent = WithoutTime<DeskEvent>;

/** Settings of a shell. */
export interface LiveShellOptions {
  /** How often the kill switch is looked at. Every entry asks it anew in any case. */
  readonly killPollMs: number;
}

/** An error of an order message as the desk understands it. What nobody foresaw is unknown: the message may have arrived. */
export function outcomeOf(error: unknown): MessageOutcome {
  const detail = error instanceof Error ? error.message : String(error);
  if (isAppError(error) && error.kind === 'AuthError') return { kind: 'login-needed', detail };
  if (isAppError(error) && error.kind === 'NetworkError') return { kind: 'not-sent', detail };
  return { kind: 'unknown', detail };
}

/**
 * The thin shell around a live desk: one event at a time, journal before send, answers of the broker as events. It decides nothing.
 */
export class LiveShell {
  readonly #desk: LiveDesk;
  readonly #ports: ShellPorts;
  readonly #options: LiveShellOptions;
  readonly #outbox: Outbox;
  readonly #queue: DeskEvent[] = [];
  #isBusy = false;
  #isHalted = false;
  #stream: OrderStream | null = null;
  #cancelTimer: (() => void) | null = null;
  #cancelKillPoll: (() => void) | null = null;

  constructor(desk: LiveDesk, ports: ShellPorts, options: LiveShellOptions = { killPollMs: 50 }) {
    this.#desk = desk;
    this.#ports = ports;
    this.#options = options;
    this.#outbox = new Outbox({
      clock: ports.clock,
      take: (lane) => ports.take(lane),
      send: (message) => void this.#send(message),
    });
  }

  /** True once a law was broken or the journal could not be written: nothing is sent any more. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** Listens to the broker and begins the recovery. */
  start(): void {
    this.#stream = this.#ports.broker.updates({
      onOrder: (order) => this.deliver({ kind: 'news', order }),
      onState: (state) =>
        this.deliver(state === 'login-needed' ? { kind: 'session', isValid: false } : { kind: 'clock' }),
    });
    this.deliver({ kind: 'start' });
    this.#pollKill();
  }

  /** Ends without touching what stands at the broker: resting stops go on protecting. */
  stop(): void {
    this.#isHalted = true;
    this.#stream?.stop();
    this.#outbox.stop();
    this.#cancelTimer?.();
    this.#cancelKillPoll?.();
  }

  /** Tells the desk something; it is handled in turn. */
  deliver(event: ShellEvent): void {
    this.#queue.push({ ...event, time: this.#ports.clock.now() } as DeskEvent);
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    try {
      for (let event = this.#queue.shift(); event !== undefined && !this.#isHalted; event = this.#queue.shift())
        await this.#perform(this.#desk.handle(event));
    } catch (error) {
      this.stop();
      this.#ports.onFault(error);
    }
    this.#isBusy = false;
    this.#plan();
  }

  async #perform(effects: readonly DeskEffect[]): Promise<void> {
    const records: DeskRecord[] = [];
    for (const effect of effects) if (effect.kind === 'journal') records.push(effect.record);
    if (records.length > 0) await this.#ports.journal.append(records);
    if (this.#isHalted) return;
    for (const effect of effects) {
      if (effect.kind === 'find') void this.#find(effect);
      else if (effect.kind === 'books') void this.#read();
      else if (effect.kind !== 'journal') this.#outbox.post(effect);
    }
  }

  #plan(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const at = this.#desk.wakeAt;
    if (this.#isHalted || at === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#ports.clock.after(Math.max(0, at - this.#ports.clock.now()), () =>
      this.deliver({ kind: 'clock' }),
    );
  }

  #pollKill(): void {
    if (this.#isHalted) return;
    const reason = this.#ports.killed();
    if (reason !== null && this.#desk.state.killed === null) this.deliver({ kind: 'kill', reason });
    this.#cancelKillPoll = this.#ports.clock.after(this.#options.killPollMs, () => this.#pollKill());
  }

  async #send(message: OrderMessage): Promise<void> {
    const tag = message.kind === 'place' ? message.slip.tag : message.tag;
    const outcome = await this.#outcome(message);
    this.deliver({ kind: 'outcome', message: message.kind, tag, outcome });
  }

  async #outcome(message: OrderMessage): Promise<MessageOutcome> {
    if (message.kind === 'place' && message.lane === 'entry' && this.#ports.killed() !== null)
      return { kind: 'killed' };
    try {
      return await this.#ask(message);
    } catch (error) {
      return outcomeOf(error);
    }
  }

  #ask(message: OrderMessage): Promise<OrderAnswer> {
    const { broker } = this.#ports;
    if (message.kind === 'place') return broker.place(message.slip);
    return message.kind === 'modify' ? broker.modify(message.change) : broker.cancel(message.orderId);
  }

  async #find({ tag }: Extract<DeskEffect, { kind: 'find' }>): Promise<void> {
    const orders = await this.#ports.broker.findByTag(tag).catch(() => null);
    this.deliver({ kind: 'found', tag, orders });
  }

  async #read(): Promise<void> {
    const now = (): EpochMs => this.#ports.clock.now();
    const books = await readBooks(this.#ports.broker, now).catch(() => null);
    const funds = await this.#ports.broker.funds().catch(() => null);
    this.deliver({ kind: 'books', books, funds: funds?.available ?? null });
  }
}
