import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Puts a text in place of a file's, whole or not at all: who reads meanwhile sees the old one or the new one. */
export function replaceFile(file: string, text: string): void {
  const whole = path.resolve(file);
  mkdirSync(path.dirname(whole), { recursive: true });
  const beside = `${whole}.${process.pid}.tmp`;
  const opened = openSync(beside, 'w');
  try {
    writeSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(beside, whole);
}
