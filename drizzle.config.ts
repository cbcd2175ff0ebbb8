import { defineConfig } from 'drizzle-kit';

/** For `npm run migrations` only: nothing at run time reads this. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './src/tracking/schema.ts',
  out: './src/tracking/migrations',
});
