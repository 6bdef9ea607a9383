package io.picsync.routes;

import io.picsync.archive.Servers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * What is right in {@code routes/}: the one place that knows. Camel's YAML schema, the options of
 * each endpoint, servers and beans that exist, and the conventions that make routes readable. Looks
 * at files only: nothing is connected to, and nothing is put into the context. Thread-safe.
 */
public final class RouteRules {
  private static final Set<String> PREVENTING =
      Set.of(
          "yaml",
          "list",
          "schema",
          "endpoint",
          "expression",
          "server",
          "placeholder",
          "environment",
          "called",
          "one-consumer",
          "bean",
          "exception",
          "policy");

  private final CamelContext context;
  private final EndpointRules endpoints;

  /**
   * @param context with the components, beans and properties that the routes name; need not be
   *     started
   */
  public RouteRules(CamelContext context, Servers servers) {
    this.context = context;
    this.endpoints = new EndpointRules(context, servers);
  }

  /** Collects what is wrong, in the order found. */
  static final class Faults {
    private final List<FileFault> found = new ArrayList<>();

    void fault(String rule, RouteFile.Spot at, String what) {
      found.add(
          new FileFault(
              at.file().name(), at.line(), rule, what.strip().replaceAll("\\s*\\R\\s*", " ")));
    }
  }

  /**
   * Everything that breaks a rule; empty when all is well.
   *
   * @param files all of {@code routes/}, since they name each other
   */
  public List<FileFault> faults(Collection<RouteFile> files) {
    return faults(files, Set.of());
  }

  /**
   * The same, where some files are edited.
   *
   * @param edited their names: what they took from another file is told in them
   */
  List<FileFault> faults(Collection<RouteFile> files, Set<String> edited) {
    Faults faults = new Faults();
    List<RouteFile> readable = new ArrayList<>();
    for (RouteFile file : ordered(files, edited)) {
      if (file.unreadable() == null) {
        readable.add(file);
      } else {
        faults.found.add(Objects.requireNonNull(file.unreadable()));
      }
    }
    StepRules steps = new StepRules(context, readable);
    for (RouteFile file : readable) {
      int before = faults.found.size();
      YamlSchema.check(file, faults);
      boolean understood = faults.found.size() == before;
      DescriptionRules.check(file, faults);
      file.root().walk(spot -> steps.check(spot, faults));
      if (understood) {
        file.root().walk(spot -> endpoints.check(spot, faults));
      }
    }
    IdRules.check(readable, faults);
    new CallRules(context, readable).check(faults);
    return List.copyOf(faults.found);
  }

  /** What was edited last, and what operators name most freely, is to blame: it comes last. */
  private static List<RouteFile> ordered(Collection<RouteFile> files, Set<String> edited) {
    return files.stream()
        .sorted(
            Comparator.comparing((RouteFile file) -> edited.contains(file.name()))
                .thenComparing(file -> file.name().contains("/syncs/"))
                .thenComparing(RouteFile::name))
        .toList();
  }

  /** Those of the faults that keep Camel from a start; others only make routes hard to read. */
  public List<FileFault> preventing(Collection<RouteFile> files) {
    return faults(files).stream().filter(fault -> PREVENTING.contains(fault.rule())).toList();
  }

  /** Those of which Camel does not even say in which file. */
  public static List<FileFault> starting(Collection<RouteFile> files) {
    Faults faults = new Faults();
    IdRules.checkAll(ordered(files, Set.of()), faults);
    return List.copyOf(faults.found);
  }

  /**
   * Internal routes that no route calls: fine while an operator has no sync, and dead otherwise.
   */
  public List<FileFault> unused(Collection<RouteFile> files) {
    Faults faults = new Faults();
    new CallRules(context, files).unused(faults);
    return List.copyOf(faults.found);
  }
}
