package dev.lion.examples.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/** What a look at a run found, as the page's script reads it. */
final class StatusJson {
    private StatusJson() {}

    static String of(RunWatch.State state) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
                .put("version", state.version())
                .put("words", state.words())
                .toString();
    }
}
