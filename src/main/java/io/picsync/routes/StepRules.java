package io.picsync.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.routes.RouteFile.Spot;
import io.picsync.routes.RouteRules.Faults;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each step keeps to: the long form, no scripts, no hosts, no passwords, beans that exist. */
final class StepRules {
  private static final Logger LOG = LoggerFactory.getLogger(StepRules.class);
  private static final Pattern OPERATORS =
      Pattern.compile(" (==|=~|!=|>=|<=|>|<|!?contains|!?regex|!?in|!?is|&&|\\|\\||\\?) ");
  private static final Pattern HOST =
      Pattern.compile("//|localhost|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\b[\\w-]+\\.(com|org|net)\\b");
  private static final Pattern SECRET = Pattern.compile("(?i)passw|passphrase|secret|token|apikey");
  private static final Set<String> LANGUAGES = Set.of("constant", "method", "simple");
  private static final Set<String> BEAN_NAMES =
      Set.of("executorService", "aggregationStrategy", "idempotentRepository");

  private final CamelContext context;
  private final Set<String> policies = new HashSet<>();
  private final Set<String> beans = new HashSet<>();

  /**
   * @param files whose policies and beans may be named
   */
  StepRules(CamelContext context, Collection<RouteFile> files) {
    this.context = context;
    for (RouteFile file : files) {
      file.policies().forEach(policy -> policies.add(policy.text("/id")));
      file.entries("beans")
          .forEach(list -> list.node().forEach(bean -> beans.add(bean.path("name").asText())));
    }
  }

  void check(Spot spot, Faults faults) {
    JsonNode node = spot.node();
    String key = spot.key();
    if (key.equals("uri") && node.asText().contains("?")) {
      faults.fault(
          "parameters",
          spot,
          "the uri %s holds its options. Write them as parameters: below it."
              .formatted(node.asText()));
    }
    form(spot, faults);
    expression(spot, faults);
    if (node.isTextual() && !key.equals("description") && !key.equals("note")) {
      text(spot, faults);
    }
    names(spot, faults);
  }

  private static void form(Spot spot, Faults faults) {
    JsonNode node = spot.node();
    boolean one = !node.isObject() && !node.isArray();
    if ((CallRules.SENDS.contains(spot.key()) || spot.key().equals("from")) && one) {
      faults.fault(
          "long-form",
          spot,
          "%s: %s has its uri on the same line. Write uri: below it.".formatted(spot.key(), node));
    }
    if (spot.key().equals("simple") && one) {
      faults.fault(
          "long-form",
          spot,
          "simple: %s has no expression node. Write expression: below it.".formatted(node));
    }
    if (spot.key().equals("script")) {
      faults.fault("no-script", spot, "a script step. Call a bean's method instead.");
    }
    if (spot.key().equals("expression") && node.isObject()) {
      node.fieldNames()
          .forEachRemaining(
              language -> {
                if (!LANGUAGES.contains(language)) {
                  faults.fault(
                      "no-script",
                      spot,
                      "an expression in %s. Use simple, or a bean's method.".formatted(language));
                }
              });
      String simple = spot.text("/simple/expression");
      if (OPERATORS.matcher(simple).results().count() > 1) {
        faults.fault(
            "one-operator",
            spot.at("/simple"),
            "simple: %s has more than one operator. Call a bean's method instead."
                .formatted(simple));
      }
    }
  }

  /** A uri or an expression in Simple; the placeholders in it are another rule's. */
  private void expression(Spot spot, Faults faults) {
    boolean simple = spot.pointer().endsWith("/simple/expression") || spot.key().equals("uri");
    String text = spot.node().asText();
    if (!simple || !spot.node().isTextual() || !text.contains("${") || text.contains("{{")) {
      return;
    }
    try {
      context.resolveLanguage("simple").createExpression(text);
    } catch (ExpressionIllegalSyntaxException e) {
      faults.fault(
          "expression",
          spot,
          "%s is no expression: %s. Look for its braces and its quotes."
              .formatted(text, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    } catch (RuntimeException e) {
      LOG.debug("Whether this is an expression is told when it runs: {}", text, e);
    }
  }

  private static void text(Spot spot, Faults faults) {
    String text = spot.node().asText();
    if (HOST.matcher(text).find()) {
      faults.fault(
          "no-host",
          spot,
          "%s: %s names a host. Put it into config/application.properties and name it by {{key}}."
              .formatted(spot.key(), text));
    }
    if (SECRET.matcher(spot.key()).find()
        || (spot.key().equals("uri") && SECRET.matcher(text).find())) {
      faults.fault(
          "no-password",
          spot,
          "%s looks like a credential. Name it by {{key}} or {{env:NAME}} in config/application.properties."
              .formatted(spot.key()));
    }
  }

  private void names(Spot spot, Faults faults) {
    JsonNode node = spot.node();
    if (node.has("ref") && node.has("method")) {
      bean(spot, node.path("ref").asText(), node.path("method").asText(), faults);
    }
    if (BEAN_NAMES.contains(spot.key()) && node.isTextual() && !isBean(node.asText())) {
      faults.fault("bean", spot, "%s: there is no bean %s.".formatted(spot.key(), node.asText()));
    }
    if (spot.pointer().matches(".*/exception/\\d+")) {
      exception(spot, node.asText(), faults);
    }
    if (spot.key().equals("routeConfigurationId") && !policies.contains(node.asText())) {
      faults.fault(
          "policy", spot, "there is no routeConfiguration %s in routes/.".formatted(node.asText()));
    }
  }

  private boolean isBean(String name) {
    return beans.contains(name) || context.getRegistry().lookupByName(name) != null;
  }

  private void bean(Spot spot, String ref, String method, Faults faults) {
    if (!isBean(ref)) {
      faults.fault("bean", spot, "there is no bean %s.".formatted(ref));
      return;
    }
    Object bean = context.getRegistry().lookupByName(ref);
    if (bean != null
        && Arrays.stream(bean.getClass().getMethods())
            .map(Method::getName)
            .noneMatch(method::equals)) {
      faults.fault("bean", spot, "the bean %s has no method %s.".formatted(ref, method));
    }
  }

  private void exception(Spot spot, String name, Faults faults) {
    if (context.getClassResolver().resolveClass(name) == null) {
      faults.fault("exception", spot, "there is no exception %s.".formatted(name));
    }
  }
}
