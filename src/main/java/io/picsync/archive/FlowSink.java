package io.picsync.archive;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes bytes no faster than they may come. */
final class FlowSink extends Spool.Sink {
  private final Spool.Sink sink;
  private final Flow flow;

  FlowSink(Spool.Sink sink, Flow flow) {
    this.sink = sink;
    this.flow = flow;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    sink.write(from, offset, length);
    flow.pass(length);
  }

  @Override
  public long count() {
    return sink.count();
  }

  @Override
  public FetchedPicture finish(@Nullable Instant modified) throws IOException {
    return sink.finish(modified);
  }

  @Override
  public void drop() {
    sink.drop();
  }
}
