/**
 * Why a request has no response.
 *
 * - `timeout`: none in time.
 * - `unreachable`: no connection.
 * - `tls`: no agreement on encryption, or a certificate that is not trusted.
 * - `closed`: connected, and closed without a whole HTTP response.
 * - `endless`: a response that does not end in time, or that is over a megabyte.
 */
export type FailureReason = 'timeout' | 'unreachable' | 'tls' | 'closed' | 'endless';
