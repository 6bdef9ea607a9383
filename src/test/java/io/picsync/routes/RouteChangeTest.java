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
      - routeConfiguration:
          id: "*"
          description: That of all others.
      - route:
          id: compare
          routeConfigurationId: folder,picture
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
  void aSyncIsConcernedByItsOwnNameAlsoWhereItsRouteHasAnother() {
    RouteFile other =
        RouteFile.of(
            "routes/syncs/b.camel.yaml",
            """
            - route:
                id: b-route
                from: {uri: "sync:b"}
            """);
    RouteChange change =
        RouteChange.between(
            List.of(shared(SHARED), other), List.of(shared(SHARED), sync("b", "b", "2s")));
    assertThat(change.syncs()).containsExactly("b");
  }

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
    assertThat(change.changed()).containsExactly("a");
    assertThat(change.gone()).isEmpty();
    assertThat(change.fresh()).isEmpty();
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
  void aPolicyMakesTheRoutesAnewThatUseIt() {
    RouteChange change =
        RouteChange.between(
            before,
            List.of(
                shared(SHARED.replace("A policy", "Another")),
                sync("a", "a", "1s"),
                sync("b", "b", "1s")));

    assertThat(change.policies()).containsExactly("picture");
    assertThat(change.removed()).containsExactly("compare");
    assertThat(change.added()).containsExactly("compare");
    assertThat(change.syncs()).containsExactly("a", "b");
  }

  @Test
  void thePolicyWithoutANameMakesTheRoutesAnewThatNameNone() {
    RouteChange change =
        RouteChange.between(
            before,
            List.of(
                shared(SHARED.replace("That of all", "The one of all")),
                sync("a", "a", "1s"),
                sync("b", "b", "1s")));

    assertThat(change.policies()).containsExactly("*");
    assertThat(change.removed()).containsExactly("a", "b");
    assertThat(change.syncs()).containsExactly("a", "b");
  }

  @Test
  void aRouteThatOnlyOthersThanRunsCallConcernsNoSync() {
    String api =
        """
        - rest:
            path: /api
            get:
              - path: /health
                to: {uri: direct:health}
        - route:
            id: health
            from:
              uri: direct:health
              steps:
                - to: {uri: direct:answer}
        - route:
            id: answer
            from:
              uri: direct:answer
              steps:
                - log: {message: one}
        """;
    RouteFile old = RouteFile.of("routes/api.camel.yaml", api);
    RouteFile edited = RouteFile.of("routes/api.camel.yaml", api.replace("one", "two"));
    RouteFile calls =
        RouteFile.of(
            "routes/syncs/a.camel.yaml",
            "- route: {id: a, from: {uri: sync:a, steps: [{to: {uri: direct:answer}}]}}");

    assertThat(
            RouteChange.between(
                List.of(old, sync("a", "a", "1s")), List.of(edited, sync("a", "a", "1s"))))
        .satisfies(change -> assertThat(change.removed()).containsExactly("answer"))
        .satisfies(change -> assertThat(change.syncs()).isEmpty());
    assertThat(RouteChange.between(List.of(old, calls), List.of(edited, calls)).syncs())
        .containsExactly("a");
  }
}
