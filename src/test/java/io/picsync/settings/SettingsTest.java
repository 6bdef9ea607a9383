package io.picsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final Settings NONE = new Settings(Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"999999999TB", "99999999999999GB", "8388608TB"})
  void sizeBeyondAllBoundsIsRefused(String size) {
    Settings settings = new Settings(Map.of("picsync.x", size));

    assertThatThrownBy(() -> settings.size("picsync.x", 1))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.x=" + size);
  }

  @Test
  void whatIsNotSetIsAsTheCallerSays() {
    Settings blank = new Settings(Map.of("picsync.a", "  "));
    for (Settings settings : new Settings[] {NONE, blank}) {
      assertThat(settings.text("picsync.a")).isEmpty();
      assertThat(settings.text("picsync.a", "otherwise")).isEqualTo("otherwise");
      assertThat(settings.count("picsync.a", 4, 1)).isEqualTo(4);
      assertThat(settings.size("picsync.a", 8)).isEqualTo(8);
      assertThat(settings.duration("picsync.a", Duration.ofSeconds(3))).hasSeconds(3);
      assertThat(settings.share("picsync.a", 0.5)).isEqualTo(0.5);
    }
  }

  @Test
  void blanksAroundAValueAreNoPartOfIt() {
    assertThat(a(" two words ").text("picsync.a")).contains("two words");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "17B, 17",
    "1KB, 1024",
    "8 MB, 8388608",
    "8mb, 8388608",
    "1GB, 1073741824",
    "2TB, 2199023255552",
  })
  void sizesAreInStepsOf1024(String text, long bytes) {
    assertThat(a(text).size("picsync.a", -1)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5MB", "MB", "8M", "8 megabytes", "9999999999999999"})
  void whatIsNoSizeIsToldByItsKey(String text) {
    assertThatThrownBy(() -> a(text).size("picsync.a", 1))
        .isInstanceOf(SettingsException.class)
        .hasMessage("picsync.a=" + text + ": a size such as 512KB, 8MB or 1GB is wanted.");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "10m, PT10M",
    "2 h, PT2H",
    "1d, PT24H",
    "1D, PT24H",
    "0s, PT0S",
  })
  void timeSpansHaveAUnit(String text, Duration span) {
    assertThat(a(text).duration("picsync.a", Duration.ZERO)).isEqualTo(span);
    assertThat(Settings.duration("picsync.a", " " + text)).isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "s", "-5s", "1.5h", "1w", "PT30S", "9999999999s"})
  void whatIsNoTimeSpanIsToldByItsKey(String text) {
    assertThatThrownBy(() -> a(text).duration("picsync.a", Duration.ZERO))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "picsync.a=" + text + ": a time span such as 500ms, 30s, 10m, 2h or 1d is wanted.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-7", "x", "3.0", "99999999999"})
  void whatIsNoCountIsToldByItsKey(String text) {
    assertThatThrownBy(() -> a(text).count("picsync.a", 4, 3))
        .isInstanceOf(SettingsException.class)
        .hasMessage("picsync.a=" + text + ": a whole number of at least 3 is wanted.");
  }

  @ParameterizedTest
  @CsvSource({"0%, 0", "1%, 0.01", "0.5 %, 0.005", "100%, 1", "0.0001%, 0.000001"})
  void sharesAreInPercent(String text, double share) {
    assertThat(a(text).share("picsync.a", 0.5)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1%", "100.1%", "101%", "one%", "1.%", ".5%", "1e1%"})
  void whatIsNoShareIsToldByItsKey(String text) {
    assertThatThrownBy(() -> a(text).share("picsync.a", 0.5))
        .isInstanceOf(SettingsException.class)
        .hasMessage("picsync.a=" + text + ": a share such as 0%, 0.5%, 1% or 100% is wanted.");
  }

  @Test
  void countMayBeTheLeast() {
    assertThat(a("3").count("picsync.a", 4, 3)).isEqualTo(3);
  }

  @Test
  void keysAreFoundByTheirBeginning() {
    Settings settings = new Settings(Map.of("picsync.b.y", "", "picsync.b.x", "1", "camel.b", "2"));

    assertThat(settings.keys("picsync.b.")).containsExactly("picsync.b.x", "picsync.b.y");
  }

  @Test
  void misspeltKeyIsToldWithTheNearest() {
    Settings settings = new Settings(Map.of("picsync.reprot.folder", "x"));

    assertThatThrownBy(
            () ->
                settings.refuseUnknown(
                    Set.of("picsync.report.folder", "picsync.home"), "picsync.server."))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.reprot.folder is not a configuration key")
        .hasMessageContaining("picsync.report.folder;");
  }

  @Test
  void knownKeysAndThoseReadElsewhereAreFine() {
    Settings settings =
        new Settings(Map.of("picsync.home", "x", "picsync.server.x.uri", "y", "camel.x", "z"));

    assertThatCode(() -> settings.refuseUnknown(Set.of("picsync.home"), "picsync.server."))
        .doesNotThrowAnyException();
  }

  private static Settings a(String value) {
    return new Settings(Map.of("picsync.a", value));
  }

  @ParameterizedTest
  @CsvSource({
    "passwort, password",
    "user, username",
    "ur, uri",
    "connection, connections",
  })
  void nearestIsTheOneWithTheFewestOtherLettersOrThatGoesOn(String word, String nearest) {
    Set<String> known = Set.of("uri", "username", "password", "connections");

    assertThat(Settings.nearest(word, known)).isEqualTo(nearest);
  }
}
