package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.Key;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Registry;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Spelling;

/** The mapping {@code methods}: methods by name or alias, controls that borrow another's keys. */
record MethodsType(Registry registry, ValueTypes types) implements ValueType {
  private static final String METHOD = "method";
  private static final String LIKE = "like";

  /** Which evaluations score a method; all do where it says nothing. */
  static final String EVALUATE = "evaluate";

  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /**
   * The only key of its own that a control has.
   *
   * @param like the key of a method; every further key replaces one of that method's
   */
  private record Like(
      @Key("the key of the method that this is a control of; further keys replace those of it")
          String like) {}

  /** The type of a method's own keys: for a control {@code like} alone. */
  RecordType ownKeys(MethodDeclaration method) {
    return types.of(method.kind() == MethodKind.CONTROL ? Like.class : method.settings());
  }

  @Override
  public String expected() {
    return "a mapping of methods";
  }

  @Override
  public @Nullable Object bind(Node node, String path, Binding binding) {
    String names = "; known: " + String.join(", ", names());
    if (!(node instanceof Node.Mapping mapping)) {
      return binding.unexpected(node, expected(), names);
    }
    if (mapping.entries().isEmpty()) {
      return binding.problem(node.at(), "no method is named; name at least one" + names);
    }
    Map<String, MethodDeclaration> declared = new LinkedHashMap<>();
    registry.methods().forEach(method -> declared.put(method.name(), method));
    Named.Kind<MethodDeclaration> kind =
        new Named.Kind<>(
            METHOD, "a method", ALIAS, "letters, digits, - and _ (at most 64)", declared);
    Map<String, Named<MethodDeclaration>> named = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Named.read(entry, kind, binding).ifPresent(known -> named.put(entry.key(), known));
    }
    Map<String, MethodSpec> methods = new LinkedHashMap<>();
    for (Named<MethodDeclaration> each : named.values()) {
      MethodSpec bound =
          each.declared().kind() == MethodKind.CONTROL
              ? control(each, named, mapping, binding)
              : bind(each, each.declared(), each.keys(), null, binding);
      if (bound != null) {
        methods.put(bound.key(), bound);
      }
    }
    return methods;
  }

  private @Nullable MethodSpec control(
      Named<MethodDeclaration> control,
      Map<String, Named<MethodDeclaration>> named,
      Node.Mapping all,
      Binding binding) {
    RecordType own = ownKeys(control.declared());
    Node.Mapping ownKeys =
        new Node.Mapping(
            control.keys().at(),
            control.keys().entries().stream().filter(e -> own.names().contains(e.key())).toList());
    if (own.bind(ownKeys, "", binding.nested()) == null) {
      return null;
    }
    Node like = control.keys().entry(LIKE).orElseThrow().value();
    String key = ((Node.Scalar) like).text();
    Named<MethodDeclaration> target = named.get(key);
    if (target == null || !control.declared().controls(target.declared())) {
      List<String> treatments =
          named.values().stream()
              .filter(each -> control.declared().controls(each.declared()))
              .map(each -> each.entry().key())
              .toList();
      if (target != null || all.entry(key).isEmpty()) {
        String known =
            treatments.isEmpty()
                ? "; this spec has no method that it can be like"
                : "; it can be like " + String.join(", ", treatments);
        binding.problem(
            like.at(),
            "'like' names " + Spelling.quoted(key) + Spelling.suggestion(key, treatments, known));
      }
      return null;
    }
    Node.Mapping replacing = Named.without(control.keys(), own.names());
    MethodSpec base = bind(target, target.declared(), target.keys(), null, binding);
    MethodSpec bound =
        bind(control, target.declared(), merge(target.keys(), replacing), base, binding);
    return base == null ? null : bound;
  }

  private @Nullable MethodSpec bind(
      Named<MethodDeclaration> named,
      MethodDeclaration keysOf,
      Node.Mapping keys,
      @Nullable MethodSpec like,
      Binding binding) {
    Binding own = binding.nested();
    Map<String, Position> places = new LinkedHashMap<>();
    List<String> evaluate = new ArrayList<>();
    for (Node.Scalar name : evaluations(keys, binding)) {
      places.put(EVALUATE + "." + evaluate.size(), name.at());
      evaluate.add(name.text());
    }
    Node.Mapping settings = Named.without(keys, List.of(EVALUATE));
    Object bound = types.of(keysOf.settings()).bind(settings, "", own);
    places.putAll(own.places());
    return bound == null
        ? null
        : new MethodSpec(
            named.entry().key(),
            named.declared(),
            (Record) bound,
            like,
            evaluate,
            named.entry().at(),
            places);
  }

  private static List<Node.Scalar> evaluations(Node.Mapping keys, Binding binding) {
    Node written = keys.entry(EVALUATE).map(Node.Entry::value).orElse(null);
    if (written == null) {
      return List.of();
    }
    List<Node> nodes = written instanceof Node.Sequence list ? list.items() : List.of(written);
    List<Node.Scalar> names = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Node.Scalar name) {
        if (names.stream().anyMatch(other -> other.text().equals(name.text()))) {
          binding.problem(name.at(), Spelling.quoted(name.text()) + " is in this list before");
        }
        names.add(name);
      } else {
        binding.unexpected(node, "keys of evaluations: [antonym, synonym]");
      }
    }
    return names;
  }

  private static Node.Mapping merge(Node.Mapping base, Node.Mapping replacing) {
    List<Node.Entry> merged = new ArrayList<>();
    base.entries().forEach(entry -> merged.add(replacing.entry(entry.key()).orElse(entry)));
    replacing.entries().stream()
        .filter(entry -> base.entry(entry.key()).isEmpty())
        .forEach(merged::add);
    return new Node.Mapping(base.at(), merged);
  }

  private List<String> names() {
    return registry.methods().stream().map(MethodDeclaration::name).toList();
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (Object each : ((Map<?, ?>) value).values()) {
      MethodSpec method = (MethodSpec) each;
      ObjectNode keys = tree.putObject(method.key());
      if (!method.key().equals(method.declaration().name())) {
        keys.put(METHOD, method.declaration().name());
      }
      if (method.like() != null) {
        keys.put(LIKE, method.like().key());
      }
      if (!method.evaluate().isEmpty()) {
        method.evaluate().forEach(keys.putArray(EVALUATE)::add);
      }
      keys.setAll(Settings.tree(method.settings(), method.order()));
    }
    return tree;
  }

  @Override
  public ObjectNode schema() {
    return new MethodsSchema(this).schema();
  }
}
