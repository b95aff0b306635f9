package dev.lion.report;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The whole document: head, headline, contents, sections. */
final class Page {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    /** The one script of the page, and what alone allows it to run: its hash. */
    private static final String SCRIPT = resource("report.js");

    private static final String SCRIPT_POLICY = POLICY + "; script-src '" + hash(SCRIPT) + "'";

    private record Entry(String id, String name) {}

    private static final List<Entry> CONTENTS = List.of(
            new Entry("gap", "Gap"),
            new Entry("accuracy", "Accuracy"),
            new Entry("loss", "Loss"),
            new Entry("samples", "Samples"),
            new Entry("search", "Search"),
            new Entry("lineage", "Lineage"),
            new Entry("time", "Time"),
            new Entry("cost", "Cost"),
            new Entry("counts", "Counts"),
            new Entry("settings", "Settings"));

    private Page() {}

    /** The page for a run; equal data give equal text. */
    static String of(ReportData data) {
        return scripted(data.name() + " \u00b7 distillation report", body(data));
    }

    /** A whole document that needs nothing but itself, without a script. */
    static String document(String title, Element body) {
        return document(title, body, POLICY);
    }

    /** A whole document that needs nothing but itself, with the script that sorts, searches and filters. */
    static String scripted(String title, Element body) {
        return document(title, body.add(Element.script(SCRIPT)), SCRIPT_POLICY);
    }

    private static String document(String title, Element body, String policy) {
        Element html = Element.of("html")
                .with("lang", "en")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .add(head(title, policy), body);
        return "<!DOCTYPE html>\n" + html.markup() + "\n";
    }

    private static Element head(String title, String policy) {
        return Element.of("head")
                .add(Element.of("meta").with("charset", "utf-8"))
                .add(Element.of("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", policy))
                .add(meta("viewport", "width=device-width, initial-scale=1"))
                .add(meta("color-scheme", "light dark"))
                .add(meta("referrer", "no-referrer"))
                .add(Element.of("title").text(title))
                .add(Element.stylesheet(resource("report.css")));
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    private static Element body(ReportData data) {
        Rounds rounds = Rounds.of(data);
        Lineage lineage = new Lineage(data.instructions());
        Families families = Families.of(data);
        Samples samples = Samples.of(data, lineage, rounds);
        Element main = Element.of("main")
                .add(GapSection.of(data, rounds, families))
                .add(AccuracySection.of(data))
                .add(LossSection.of(data))
                .add(SamplesSection.of(data, samples))
                .add(ExplorerSection.of(data, samples, rounds, families))
                .add(LineageSection.of(data, lineage, rounds))
                .add(TimeSection.of(data))
                .add(CostSection.isNeeded(data) ? List.of(CostSection.of(data)) : List.of())
                .add(CountsSection.of(data))
                .add(SettingsSection.of(data));
        return Element.of("body")
                .add(Element.of("div", "page")
                        .add(Headline.of(data, AnswerTotals.of(data.texts())), contents(data), main));
    }

    private static Element contents(ReportData data) {
        Element nav = Element.of("nav").with("aria-label", "Contents");
        CONTENTS.stream()
                .filter(e -> CostSection.isNeeded(data) || !e.id().equals("cost"))
                .forEach(e -> nav.add(Element.of("a").with("href", "#" + e.id()).text(e.name())));
        return nav;
    }

    /** A script's hash as a policy names it. */
    private static String hash(String script) {
        byte[] digest =
                Hashing.sha256().hashString(script, StandardCharsets.UTF_8).asBytes();
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    /** A text that belongs to the page, with the line ends that a browser counts, whoever packed it. */
    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("dev/lion/report/" + name + " is missing from lion-core");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("dev/lion/report/" + name + " cannot be read", e);
        }
    }
}
