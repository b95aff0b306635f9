package dev.lion.student.decoder;

import ai.djl.engine.Engine;
import java.util.Map;

/** Starts DJL's PyTorch engine once for this process, quietly, with settings that the user's own properties override. */
final class TensorEngine {
    private static final Map<String, String> SETTINGS = Map.of(
            "OPT_OUT_TRACKING", "true",
            "RUST_FLAVOR", "cpu",
            "ai.djl.pytorch.graph_optimizer", "false",
            "ai.djl.pytorch.num_interop_threads", "1",
            "ai.djl.pytorch.num_threads", "1"); // TensorThreads gives its own threads more where that helps

    private TensorEngine() {}

    /** The engine; the first call in the process starts it. */
    static Engine start() {
        return Holder.ENGINE;
    }

    private static final class Holder {
        static final Engine ENGINE = startOnce();

        private static Engine startOnce() {
            SETTINGS.forEach((name, value) -> {
                if (System.getProperty(name) == null && System.getenv(name) == null) {
                    System.setProperty(name, value);
                }
            });
            return Engine.getEngine("PyTorch");
        }
    }
}
