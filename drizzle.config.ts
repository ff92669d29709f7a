// Where drizzle-kit finds the tables (one file a room) and writes the migrations that every start applies.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: './src/*/table.ts',
  out: './drizzle',
});
