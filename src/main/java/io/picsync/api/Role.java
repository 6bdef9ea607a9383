package io.picsync.api;

/** What a login may do; each may what those before it may. */
enum Role {
  none,
  reader,
  operator
}
