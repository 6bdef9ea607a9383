package io.picsync.archive;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Lists, fetches and stores pictures of one archive. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "archive",
    title = "Picture archive",
    syntax = "archive:archive",
    producerOnly = true,
    category = {Category.FILE})
public final class ArchiveEndpoint extends DefaultEndpoint {
  @UriPath(description = "The server and the folder on it: SERVER/FOLDER")
  @Metadata(required = true)
  private final Archive archive;

  @UriParam(description = "What to do")
  @Metadata(required = true)
  private ArchiveOperation operation = ArchiveOperation.list;

  ArchiveEndpoint(String uri, ArchiveComponent component, Archive archive) {
    super(uri, component);
    this.archive = archive;
  }

  public ArchiveOperation getOperation() {
    return operation;
  }

  public void setOperation(ArchiveOperation operation) {
    this.operation = operation;
  }

  @Override
  public Producer createProducer() {
    return new ArchiveProducer(this, archive, (ArchiveComponent) getComponent());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "archive: has no consumer; a run starts from sync:NAME and lists archives with operation=list.");
  }
}
