import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RELEASE_WORDS } from '@sos/engine';
import { removeTempFolders, tempFolder } from '../fixtures/temp-folder.js';
import { DeskLock } from './desk-lock.js';
import { KillSwitchFile } from './kill-switch-file.js';
import { SharedBudget } from './shared-budget.js';

afterEach(removeTempFolders);

describe('the kill switch file', () => {
  test('is thrown for every process of the folder, keeps its first reason, and needs the typed words', () => {
    const folder = tempFolder();
    const [one, other] = [new KillSwitchFile(folder), new KillSwitchFile(folder)];
    expect(other.killed()).toBeNull();
    one.engage('runaway');
    one.engage('later');
    expect(other.killed()).toBe('runaway');
    expect(() => other.release('release')).toThrow(`expected the words "${RELEASE_WORDS}"`);
    expect(one.killed()).toBe('runaway');
    other.release(RELEASE_WORDS);
    expect(one.killed()).toBeNull();
  });

  test('made by hand without a word, or unreadable, counts as thrown', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'KILL'), '');
    expect(new KillSwitchFile(folder).killed()).toBe('thrown without a reason');
    const unreadable = tempFolder();
    mkdirSync(path.join(unreadable, 'KILL'));
    expect(new KillSwitchFile(unreadable).killed()).toBe('the kill switch cannot be read');
  });
});

describe('the lock of a desk', () => {
  test('lets one process in, and takes over from a dead one', () => {
    const folder = tempFolder();
    const lock = DeskLock.take(folder);
    expect(() => DeskLock.take(folder)).toThrow(`found process ${process.pid}`);
    lock.release();
    // No process has this number: it is above what the kernel gives out.
    writeFileSync(path.join(folder, 'desk.lock'), '99999999');
    DeskLock.take(folder).release();
    expect(() => DeskLock.take(folder).release()).not.toThrow();
  });
});

describe('the order budget of an account', () => {
  test('counts the messages of all processes together', () => {
    const folder = tempFolder();
    const options = { windows: [{ orders: 4, ms: 1_000 }], exitShare: 0.5 };
    let now = 1_000;
    const [one, other] = [new SharedBudget(folder, options, () => now), new SharedBudget(folder, options, () => now)];
    expect([one.take('entry'), other.take('entry'), one.take('entry')]).toEqual([0, 0, 1_000]);
    expect([other.take('exit'), one.take('exit'), other.take('exit')]).toEqual([0, 0, 1_000]);
    now = 2_000;
    expect(one.take('entry')).toBe(0);
  });
});
