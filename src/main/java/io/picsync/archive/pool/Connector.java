package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.PassingException;
import io.picsync.archive.UnavailableException;
import java.util.function.Consumer;

/** Opens connections to one server. Thread-safe. */
@FunctionalInterface
public interface Connector<C extends Connection> {
  /**
   * Connects and logs in, within bounded time.
   *
   * @param abort to be told, before anything is waited for, how another thread ends the attempt
   * @throws PassingException when the server takes no connection now: it has too many
   * @throws UnavailableException when it can't be reached or refuses the login
   */
  C connect(Consumer<Runnable> abort) throws ArchiveException;
}
