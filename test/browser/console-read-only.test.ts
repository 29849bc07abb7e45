import { playConsoleAs } from '../support/console-as.ts';

await playConsoleAs('read_only');
