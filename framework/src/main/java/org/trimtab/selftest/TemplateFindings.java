package org.trimtab.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trimtab.selftest.ChatTemplateCheck.Outcome;

/** Outcomes of rendered chat templates as findings, one per template. */
public final class TemplateFindings {
  private TemplateFindings() {}

  /** Groups the outcomes by template. */
  public static List<Finding> of(List<Outcome> outcomes) {
    Map<String, List<Outcome>> templates = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      templates.computeIfAbsent(outcome.template(), name -> new ArrayList<>()).add(outcome);
    }
    List<Finding> findings = new ArrayList<>();
    templates.forEach((name, own) -> findings.add(finding(name, own)));
    return findings;
  }

  private static Finding finding(String template, List<Outcome> outcomes) {
    long equal = outcomes.stream().filter(Outcome::equal).count();
    String note =
        outcomes.stream()
            .filter(outcome -> !outcome.equal())
            .map(outcome -> outcome.conversation() + " " + outcome.difference())
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    String kind = equal + " of " + outcomes.size() + " renderings";
    return Finding.equal(template, kind, equal == outcomes.size(), note);
  }
}
