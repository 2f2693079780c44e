import { z } from 'zod';

// The page's policy forbids code made from text, which zod would otherwise try at its first schema: import this file first.
z.config({ jitless: true });
