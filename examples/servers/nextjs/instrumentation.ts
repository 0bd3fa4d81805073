/** Called once, when the server starts. */
export function register(): void {
  if (!process.env.MEWS_TOKEN) throw new Error('MEWS_TOKEN is not set');
}
