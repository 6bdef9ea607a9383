package io.picsync.archive;

import java.time.Duration;
import java.util.Map;

/**
 * How a server is just now. Immutable.
 *
 * @param inUse connections that work
 * @param idle connections that are open and wait for work
 * @param limit the most connections at once that the server is known to take
 * @param configured the most that are wanted
 * @param waiting calls in line for a connection
 * @param givenUp why the server is given up for now, and until when; empty while it is not
 * @param latency how long it takes for one reply, smoothed; zero while unknown
 * @param learned what was found out of the server, by name: {@code mlsd=true}
 */
public record ServerState(
    int inUse,
    int idle,
    int limit,
    int configured,
    int waiting,
    String givenUp,
    Duration latency,
    Map<String, String> learned) {
  /**
   * Of a server that nobody used yet, or of one without connections.
   *
   * @param connections that are wanted; 0 for a folder
   */
  public static ServerState unused(int connections) {
    return new ServerState(0, 0, connections, connections, 0, "", Duration.ZERO, Map.of());
  }
}
