package dev.lion.report;

/** The configuration that the run was made with. */
final class SettingsSection {
    private SettingsSection() {}

    static Element of(ReportData data) {
        Element section = Layout.section("settings", "Settings", "What the run was started with, from its manifest.");
        if (data.settings().isEmpty()) {
            return section.add(Layout.note("The manifest holds no settings."));
        }
        Element list = Element.of("dl", "card settings");
        data.settings()
                .forEach(s -> list.add(Element.of("div")
                        .add(Element.of("dt").add(Layout.inline(s.name())))
                        .add(Element.of("dd").add(Layout.prose(s.value())))));
        return section.add(list);
    }
}
