package io.picsync.archive;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code archive:SERVER/FOLDER?operation=list|fetch|store}. */
public final class ArchiveComponent extends DefaultComponent {
  private @Nullable Servers servers;
  private volatile @Nullable Spool spool;
  private @Nullable Owner owner;
  private @Nullable Clock clock;

  @Metadata(description = "How far stored pictures are verified", defaultValue = "hash")
  private volatile Verify verify = Verify.hash;

  @Metadata(description = "The share of stored pictures that are fetched again to be compared")
  private volatile ReadBackSample readBack = ReadBackSample.DEFAULT;

  /**
   * @param spool for fetched pictures that are too large for the memory
   * @param owner of all temporary files; let go of when the servers are closed
   */
  public ArchiveComponent(
      CamelContext context, Servers servers, Spool spool, Owner owner, Clock clock) {
    super(context);
    this.servers = servers;
    this.spool = spool;
    this.owner = owner;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    ArchiveEndpoint endpoint = new ArchiveEndpoint(uri, this, Archive.of(remaining, servers()));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** Ends the servers' connections with the runtime; what is temporary from here on is stale. */
  @Override
  protected void doShutdown() throws Exception {
    super.doShutdown();
    servers().close();
    Objects.requireNonNull(owner).close();
  }

  Servers servers() {
    return Objects.requireNonNull(servers);
  }

  public void setVerify(Verify verify) {
    this.verify = verify;
  }

  public Verify getVerify() {
    return verify;
  }

  public void setReadBack(ReadBackSample readBack) {
    this.readBack = readBack;
  }

  public ReadBackSample getReadBack() {
    return readBack;
  }

  Clock clock() {
    return Objects.requireNonNull(clock);
  }

  /** Holds for pictures that are fetched from now on. */
  public void setSpool(Spool spool) {
    this.spool = spool;
  }

  Spool spool() {
    return Objects.requireNonNull(spool);
  }
}
