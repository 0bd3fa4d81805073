/** Called once, when the server starts; it loads the route with the first request only. */
export default function checkToken(): void {
  if (!process.env.MEWS_TOKEN) throw new Error('MEWS_TOKEN is not set');
}
