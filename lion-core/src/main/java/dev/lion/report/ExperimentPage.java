package dev.lion.report;

import java.util.List;
import java.util.Map;

/** The whole page of an experiment. */
final class ExperimentPage {
    private ExperimentPage() {}

    static String of(ExperimentData data) {
        ExperimentResult result = data.result();
        Element main = Element.of("main")
                .add(Differences.of(data))
                .add(ArmsSection.of(data))
                .add(CurvesSection.of(data))
                .add(TasksSection.of(data));
        if (!result.notes().isEmpty()) {
            main.add(notes(result.notes()));
        }
        main.add(RunsSection.of(data), settings(result));
        Element page = Element.of("div", "page").add(ExperimentHeadline.of(data), contents(result), main);
        return Page.scripted(
                result.name() + " \u00b7 experiment", Element.of("body").add(page));
    }

    private static Element contents(ExperimentResult result) {
        Element nav = Element.of("nav").with("aria-label", "Contents");
        link(nav, "differences", "Differences");
        link(nav, "arms", "Arms");
        link(nav, "curves", "Curves");
        link(nav, "tasks", "Tasks");
        if (!result.notes().isEmpty()) {
            link(nav, "notes", "Notes");
        }
        link(nav, "runs", "Runs");
        link(nav, "settings", "Settings");
        return nav;
    }

    private static void link(Element nav, String id, String name) {
        nav.add(Element.of("a").with("href", "#" + id).text(name));
    }

    private static Element notes(List<String> notes) {
        Element section = Layout.section(
                "notes",
                "What to keep in mind",
                "What does not reproduce, what limits the result, and the likely reasons.");
        Element card = Element.of("div", "card notes");
        notes.forEach(note -> card.add(Element.of("p").text(note)));
        return section.add(card);
    }

    private static Element settings(ExperimentResult result) {
        Element section = Layout.section(
                "settings",
                "Settings and provenance",
                "What was measured and how, what all runs have in common, and how to get the same again.");
        Element measures = Element.of("dl", "card settings");
        result.measures()
                .forEach(measure ->
                        measures.add(pair(measure.label(), Element.of("p").text(measure.description()))));
        section.add(measures);
        if (!result.settings().isEmpty()) {
            section.add(list(result.settings()));
        }
        return result.provenance().isEmpty() ? section : section.add(list(result.provenance()));
    }

    private static Element list(Map<String, String> entries) {
        Element list = Element.of("dl", "card settings");
        entries.forEach((name, value) -> list.add(pair(name, Layout.prose(value))));
        return list;
    }

    private static Element pair(String name, Element value) {
        return Element.of("div")
                .add(Element.of("dt").add(Layout.inline(name)), Element.of("dd").add(value));
    }
}
