import sentences from './en.workbench.json';
import { learn } from './say.js';

/** Sentences of the workbench come with its pages: the first load carries none of them. Imported first by each of these pages. */
learn(sentences);
