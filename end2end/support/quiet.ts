import type { BrowserContext } from '@playwright/test';

const forgiven = new WeakMap<BrowserContext, RegExp>();

/** A story that breaks something on purpose says what the browser will complain about. */
export function forgive(context: BrowserContext, complaint: RegExp): void {
  forgiven.set(context, complaint);
}

/**
 * Collects what a page complains about in the browser's console: script errors, refused resources and violations
 * of the content security policy. A browser also logs each 4xx answer; from a page or a server function that is an
 * answer like any other, which the story itself judges.
 */
export function complaints(context: BrowserContext): string[] {
  const heard: string[] = [];
  context.on('weberror', (error) => heard.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' && !/hydrat|panicked/i.test(message.text())) return;
    const url = message.location().url;
    if (isAnswer(message.text()) && !/\/assets\/|\.(js|wasm|css|svg|ico|png|webmanifest)$/.test(url)) return;
    if (isBrokenOff(message.text()) && url.includes('/uploads/')) return;
    const complaint = `${message.type()}: ${message.text()} (${url})`;
    if (!forgiven.get(context)?.test(complaint)) heard.push(complaint);
  });
  return heard;
}

function isAnswer(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d\b/.test(text);
}

/** What a story itself breaks off; a server that goes away gives another error. */
function isBrokenOff(text: string): boolean {
  return text === 'Failed to load resource: net::ERR_FAILED';
}
