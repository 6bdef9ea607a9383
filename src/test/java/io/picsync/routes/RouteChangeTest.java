package io.picsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RouteChangeTest {
  private static final String SHARED =
      """
      - routeConfiguration:
          id: picture
          description: A policy.
      - route:
          id: compare
          from:
            uri: direct:compare
            steps:
              - log: {message: one}
      """;

  private static RouteFile sync(String file, String name, String interval) {
    return RouteFile.of(
        "routes/syncs/" + file + ".camel.yaml",
        """
        - route:
            id: NAME
            from:
              uri: sync:NAME
              parameters: {interval: INTERVAL}
        """
            .replace("NAME", name)
            .replace("INTERVAL", interval));
  }

  private static RouteFile shared(String text) {
    return RouteFile.of("routes/compare.camel.yaml", text);
  }

  private final List<RouteFile> before =
      List.of(shared(SHARED), sync("a", "a", "1s"), sync("b", "b", "1s"));

  @Test
  void commentsIndentsAndFileNamesAreNoChange() {
    RouteFile commented =
        shared("# why\n" + SHARED.replace("log: {message: one}", "log:\n            message: one"));

    assertThat(
            RouteChange.between(
                before, List.of(commented, sync("moved", "a", "1s"), sync("b", "b", "1s"))))
        .matches(RouteChange::isEmpty);
  }

  @Test
  void aSyncsOwnEditConcernsItAlone() {
    RouteChange change =
        RouteChange.between(
            before, List.of(shared(SHARED), sync("a", "a", "2s"), sync("b", "b", "1s")));

    assertThat(change.removed()).containsExactly("a");
    assertThat(change.added()).containsExactly("a");
    assertThat(change.syncs()).containsExactly("a");
  }

  @Test
  void anAddedSyncConcernsNobodyAndARemovedOneItself() {
    RouteChange change =
        RouteChange.between(
            before, List.of(shared(SHARED), sync("b", "b", "1s"), sync("c", "c", "1s")));

    assertThat(change.removed()).containsExactly("a");
    assertThat(change.added()).containsExactly("c");
    assertThat(change.syncs()).containsExactly("a");
  }

  @Test
  void aSharedRouteConcernsAllSyncsAndIsTheOnlyOneMadeAnew() {
    RouteChange change =
        RouteChange.between(
            before,
            List.of(
                shared(SHARED.replace("one", "two")), sync("a", "a", "1s"), sync("b", "b", "1s")));

    assertThat(change.removed()).containsExactly("compare");
    assertThat(change.syncs()).containsExactly("a", "b");
  }

  @Test
  void aPolicyMakesAllRoutesAnew() {
    RouteChange change =
        RouteChange.between(
            before,
            List.of(
                shared(SHARED.replace("A policy", "Another")),
                sync("a", "a", "1s"),
                sync("b", "b", "1s")));

    assertThat(change.policies()).containsExactly("picture");
    assertThat(change.removed()).containsExactly("a", "b", "compare");
    assertThat(change.added()).containsExactly("a", "b", "compare");
    assertThat(change.syncs()).containsExactly("a", "b");
  }
}
