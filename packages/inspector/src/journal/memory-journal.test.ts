import { journalContract } from './journal.contract.ts';
import { createMemoryJournal } from './memory-journal.ts';

journalContract('memory journal', createMemoryJournal);
