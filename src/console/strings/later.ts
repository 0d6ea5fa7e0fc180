import sentences from './en.later.json';
import { learn } from './say.js';

/** Sentences of pages nobody opens first (webhooks, what is put off, decisions about a plan) come with these pages. Imported first by each. */
learn(sentences);
