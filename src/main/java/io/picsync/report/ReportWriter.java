package io.picsync.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns a report into JSON that is never larger than {@link #LIMIT}. Thread-safe. */
final class ReportWriter {
  /** In bytes; statistics fit into it at any size of the archives. */
  static final int LIMIT = 4096;

  private static final int TEXT = 240;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectWriter pretty =
      mapper.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n")));

  byte[] write(Report report) {
    String cause = report.cause() == null ? null : cut(report.cause());
    List<Report.UntrustedFolder> first =
        report.untrusted().first().stream()
            .map(f -> new Report.UntrustedFolder(cut(f.path()), f.side(), cut(f.reason())))
            .toList();
    while (true) {
      byte[] json = encode(report.shortened(cause, first), pretty);
      if (json.length <= LIMIT || first.isEmpty()) {
        return json.length <= LIMIT
            ? json
            : encode(report.shortened(cause, first), mapper.writer());
      }
      first = first.subList(0, first.size() - 1);
    }
  }

  private static byte[] encode(Report report, ObjectWriter writer) {
    try {
      return (writer.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report could not be written as JSON.", e);
    }
  }

  private static String cut(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT - 1) + "…";
  }
}
