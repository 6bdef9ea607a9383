package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.CommandHost;
import io.picsync.testing.DocPage;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code picsync validate}, as somebody types it before a commit. */
final class ValidateIT {
  private static final String SYNC =
      """
      - route:
          id: source1
          group: syncs
          description: Brings missing pictures from the old server to the new one.
          from:
            uri: sync:source1
            parameters:
              source: old/source1/pictures
              destination: new/source1/pictures
              mode: sync
              interval: 1s
            steps:
              - to:
                  uri: direct:compare
              - to:
                  uri: direct:transfer
              - to:
                  uri: direct:report
      """;

  private static CommandHost host;

  @TempDir private Path base;

  @BeforeAll
  static void startHost() throws IOException {
    host = CommandHost.start();
  }

  @AfterAll
  static void stopHost() {
    host.close();
  }

  @BeforeEach
  void aBase() throws IOException {
    configure("picsync.server.old.uri=ftp://127.0.0.1:1", "picsync.server.new.uri=file:/srv/new");
    route(SYNC);
  }

  private void configure(String... lines) throws IOException {
    Files.createDirectories(base.resolve("config"));
    Files.write(base.resolve("config/application.properties"), List.of(lines));
  }

  private void route(String text) throws IOException {
    Files.createDirectories(base.resolve("routes/syncs"));
    Files.writeString(base.resolve("routes/syncs/source1.camel.yaml"), text);
  }

  private Ended validate() throws Exception {
    return host.run(PicsyncProcess.packagedHome(), "validate", base.toString());
  }

  @Test
  void whatIsRightIsToldSoAndNothingIsWritten() throws Exception {
    var before = Trees.snapshot(base);

    Ended ended = validate();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(ended.out()).contains("nothing is wrong");
    assertThat(Trees.snapshot(base)).isEqualTo(before);
  }

  @Test
  void aConfigurationThatIsNotInUtf8IsToldWithItsLine() throws Exception {
    Files.writeString(
        base.resolve("config/application.properties"),
        "picsync.server.new.uri=file:/srv/new\n\n# für Zürich\n",
        StandardCharsets.ISO_8859_1);

    assertThat(validate())
        .returns(65, Ended::code)
        .extracting(Ended::err)
        .asString()
        .startsWith("config/application.properties:3")
        .contains("it is not in UTF-8");
  }

  @Test
  void filesThatNobodyReadsAreNoted() throws Exception {
    Path misnamed = Files.writeString(base.resolve("routes/syncs/other.yaml"), SYNC);
    Path misplaced =
        Files.createDirectories(base.resolve("routes/syncs/old")).resolve("source1.camel.yaml");
    Files.writeString(misplaced, SYNC);
    Files.writeString(base.resolve("routes/syncs/.other.yaml"), "an editor's own");

    Ended ended = validate();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(ended.out().lines().filter(line -> line.startsWith("note: ")))
        .hasSize(2)
        .allMatch(line -> line.contains(" is not read: route files are named ….camel.yaml"))
        .anyMatch(line -> line.contains(misnamed.toString()))
        .anyMatch(line -> line.contains(misplaced.toString()));
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() throws Exception {
    Ended ended =
        host.run(PicsyncProcess.packagedHome(), "validate", base.resolve("nix").toString());

    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.err()).contains("BASE: there is no folder", "nix");
  }

  @Test
  void thePackagedHomeIsRight() throws Exception {
    Ended ended = picsync("validate", PicsyncProcess.packagedHome().toString()).run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
  }

  @Test
  void theExamplesOfThePageOnSchedulesAreRight() throws Exception {
    DocPage page = DocPage.read(Path.of("docs/schedules.md"));
    int from = SYNC.indexOf("    from:");
    int steps = SYNC.indexOf("      steps:");
    route(SYNC.substring(0, from) + page.block("a-schedule").indent(4) + SYNC.substring(steps));
    configure(
        "picsync.server.old.uri=ftp://127.0.0.1:1",
        "picsync.server.new.uri=file:/srv/new",
        page.block("bandwidth"));

    Ended ended = validate();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(ended.out()).contains("nothing is wrong");
  }

  /** In this project's folder, which has a docker/. */
  @Test
  void theCommandsOfThePageOnLiveEditingAreRight() throws Exception {
    DocPage page = DocPage.read(Path.of("docs/live-editing.md"));
    String command = PicsyncProcess.packagedHome().resolve("bin/picsync").toString();
    DocPage here =
        new DocPage(
            page.file(),
            List.of(
                new DocPage.Block(
                    "sh", "typed", page.block("before-a-commit").replace("bin/picsync", command))));

    assertThat(here.run("typed", Path.of("").toAbsolutePath(), Map.of()))
        .containsSubsequence("nothing is wrong.", "nothing is wrong.");

    configure(
        "picsync.server.old.uri=ftp://127.0.0.1:1",
        "picsync.server.new.uri=file:/srv/new",
        page.block("a-server"));
    assertThat(validate()).returns(0, Ended::code);
  }

  @Test
  void whatOnlyTheMachineOfTheServiceHasIsNotedAndNoFault() throws Exception {
    configure(
        "picsync.server.old.uri=ftp://127.0.0.1:1",
        "picsync.server.old.username=camera",
        "picsync.server.old.password={{env:OLD_PASSWORD_NOPE}}",
        "picsync.server.new.uri={{env:NEW_URI_NOPE}}");

    Ended ended = validate();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(ended.out()).contains("OLD_PASSWORD_NOPE", "NEW_URI_NOPE");
  }

  @ParameterizedTest
  @CsvSource({
    "old/source1, elsewhere/source1, 8, elsewhere",
    "new/source1, elsewhere/source1, 9, elsewhere",
    "new/source1, old/source1/pictures/below, 8, one archive",
    "new/source1, old/source1, 8, same source and destination",
    "interval: 1s, 'cron: \"0 0 * *\"', 11, cron",
    "interval: 1s, intervall: 1s, 11, 'intervall is not known. The nearest is interval'",
    "interval: 1s, interval: soon, 11, 'interval=soon: a time span'",
    "interval: 1s, jitter: 1s, 11, jitter without a cron",
    "interval: 1s, alarmBelow: half, 11, 'alarmBelow=half: a whole number'",
    "interval: 1s, createDestination: maybe, 11, 'createDestination=maybe: true or false'",
    "mode: sync, mode: snyc, 10, 'mode=snyc: the word is none of check, sync'",
    "'uri: direct:transfer', 'uri: \"direct:${body.path\"', 16, is no expression",
    "direct:transfer, direct:transferr, 16, The nearest is direct:transfer",
    "direct:transfer, dirrect:transfer, 16, dirrect",
    "direct:transfer, '\"{{nope.key}}\"', 16, nope.key",
    "direct:transfer, 'http://dashboard.example.org', 16, names a host",
    "steps:, stebs:, 12, stebs",
    "- to:, - too:, 13, too",
    "group: syncs, grup: syncs, 3, grup",
    "description: Brings, 'description: \"Brings', 4, YAML",
    "- route:, '  route:', 1, '- route:'",
    "id: source1, id: fetch, 2, 'is taken by a step, routes/transfer.camel.yaml:'",
  })
  void aMistakeIsToldWithFileLineAndRemedy(String right, String wrong, int line, String told)
      throws Exception {
    assertThat(SYNC).contains(right);
    route(SYNC.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

    Ended ended = validate();

    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.errors())
        .allMatch(error -> error.matches("routes/syncs/source1.camel.yaml:\\d+: .*"))
        .anyMatch(error -> error.contains(":" + line + ": ") && error.contains(told));
  }

  @ParameterizedTest
  @CsvSource({
    "picsync.transfer.thread=3, picsync.transfer.threads",
    "picsync.server.third.uri=scp://host, scp",
    "camel.main.nope=1, no such key",
    "picsync.server.old.ury=x, The nearest is picsync.server.old.uri",
    "picsync.transfer.memory=8 apples, 8MB",
  })
  void aMistakeInTheConfigurationIsToldWithItsLine(String wrong, String told) throws Exception {
    configure(
        "picsync.server.old.uri=ftp://127.0.0.1:1",
        "picsync.server.new.uri=file:/srv/new",
        "# a comment",
        wrong);

    Ended ended = validate();

    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith("config/application.properties:4: ")
        .contains(told);
  }
}
