package io.picsync.watch;

import io.picsync.archive.ServerState;
import io.picsync.archive.Servers;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** A server as JMX shows it. Thread-safe. */
@ManagedResource(description = "A server that holds archives")
public final class ManagedServer {
  private final String name;
  private final Servers servers;

  ManagedServer(String name, Servers servers) {
    this.name = name;
    this.servers = servers;
  }

  private ServerState state() {
    return servers.state(name);
  }

  @ManagedAttribute(description = "The server's name")
  public String getName() {
    return name;
  }

  @ManagedAttribute(description = "Connections that work now")
  public int getConnectionsInUse() {
    return state().inUse();
  }

  @ManagedAttribute(description = "Connections that are open and wait for work")
  public int getConnectionsIdle() {
    return state().idle();
  }

  @ManagedAttribute(description = "The most connections at once that the server is known to take")
  public int getConnectionsLimit() {
    return state().limit();
  }

  @ManagedAttribute(description = "The most connections at once that are wanted")
  public int getConnectionsConfigured() {
    return state().configured();
  }

  @ManagedAttribute(description = "Calls that wait for a connection")
  public int getWaitingCalls() {
    return state().waiting();
  }

  @ManagedAttribute(description = "works, or given up until when and why")
  public String getBreaker() {
    String givenUp = state().givenUp();
    return givenUp.isEmpty() ? "works" : "given up " + givenUp;
  }

  @ManagedAttribute(description = "Milliseconds that the server takes for one reply, smoothed")
  public double getLatencyMillis() {
    return state().latency().toNanos() / 1e6;
  }

  @ManagedAttribute(description = "What was learned of the server, empty before its first use")
  public String getLearned() {
    return state().learned().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  @ManagedAttribute(description = "The most bytes of pictures a second each way, at this hour")
  public String getBandwidth() {
    return servers.bandwidth(name).now().toString();
  }

  @ManagedOperation(
      description =
          "Sets the bandwidth, such as 2MB/s or unlimited, until picsync stops; empty for the configured one again")
  public String limitBandwidth(String rate) {
    return Rates.change(servers.bandwidth(name), rate);
  }

  @ManagedOperation(description = "Sets the most connections at once, until picsync stops")
  public void limitConnections(int connections) {
    if (connections < 1) {
      throw new IllegalArgumentException("At least 1 connection is wanted.");
    }
    servers.get(name).setConnections(connections);
  }
}
