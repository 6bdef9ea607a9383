package io.picsync.archive;

import io.picsync.settings.SettingsException;
import java.util.Set;

/**
 * A kind of server, by the schemes of its URIs: reads what {@code picsync.server.NAME.*} says of
 * one and opens it. Thread-safe.
 */
public interface ServerKind {
  /** In lower case, as messages tell them: {@code ftp}. */
  Set<String> schemes();

  /** The keys of {@code picsync.server.NAME.} that it knows, besides {@code uri}. */
  Set<String> keys();

  /**
   * Reads all settings of a server and connects to nothing; called at start.
   *
   * @throws SettingsException when one can't be used; its message names the key
   */
  void validate(ServerConfig config);

  /**
   * Opens a validated server. Connections are made when they are first needed.
   *
   * @param names for its stores
   */
  Server open(ServerConfig config, TemporaryNames names);
}
