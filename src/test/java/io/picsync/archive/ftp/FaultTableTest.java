package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/faults.md what the fault tests run. */
final class FaultTableTest {
  private static final Path TABLE = Path.of("docs/faults.md");

  @Test
  void tableOfTheDocsIsTheMatrixOfTheTests() throws IOException {
    Path made = Files.writeString(Path.of("target/faults.md"), table());

    assertThat(TABLE)
        .as("the fault matrix changed: cp %s %s", made, TABLE)
        .hasSameTextualContentAs(made);
  }

  @Test
  void matrixHoldsAtLeastFortyFaultsAndNoneTwice() {
    List<String> rows =
        phases().entrySet().stream()
            .flatMap(phase -> phase.getValue().stream().map(row -> phase.getKey() + row))
            .toList();

    assertThat(rows).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  private static Map<String, List<FaultRow>> phases() {
    Map<String, List<FaultRow>> phases = new LinkedHashMap<>();
    phases.put("Connecting", FtpFaults.connecting().toList());
    phases.put("Before a listing", FtpFaults.beforeListing().toList());
    phases.put("Listing a folder", FtpFaults.listing().toList());
    phases.put("Fetching a picture", FtpFaults.fetching().toList());
    phases.put("Storing a picture's bytes", FtpFaults.storing().toList());
    phases.put("Storing a picture of 20 MB", FtpFaults.storingLarge().toList());
    phases.put("Reading back what was stored", FtpFaults.readingBack().toList());
    phases.put("Verifying and renaming what was stored", FtpFaults.publishing().toList());
    return phases;
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    long faults = phases().values().stream().mapToLong(List::size).sum();
    table.append(
        """
        # What picsync makes of a server's faults

        %d faults, each injected on the wire by a scripted FTP server and run by `mvn verify`
        (`Ftp{Connect,List,Fetch,Store}FaultIT`); this table is generated from those tests. After each fault
        the tests see to it that nothing wrong is visible, that no temporary file is left, that the call ended
        in time, and that the next call on the same server works.

        *Tried again* is up to three times with growing pauses; then the folder is untrusted or the picture
        has failed, the run goes on and ends `incomplete`.
        """
            .formatted(faults));
    phases().forEach((phase, rows) -> append(table, phase, rows.stream()));
    return table.toString();
  }

  private static void append(StringBuilder table, String phase, Stream<FaultRow> rows) {
    table
        .append("\n## ")
        .append(phase)
        .append("\n\n| at | the server | picsync |\n|---|---|---|\n");
    rows.forEach(
        row ->
            table.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        row.verb().equals(ScriptedFtpServer.CONNECT) ? "greeting" : row.verb(),
                        row.what(),
                        row.verdict().words())));
  }
}
