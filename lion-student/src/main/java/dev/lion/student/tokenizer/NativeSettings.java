package dev.lion.student.tokenizer;

/** Keeps the tokenizer's native library from looking for a variant to download, and DJL from reporting its use. */
final class NativeSettings {
    private NativeSettings() {}

    /** Sets what neither the environment nor a system property has set. Only the first use of DJL looks at it. */
    static void apply() {
        setIfAbsent("RUST_FLAVOR", "cpu");
        setIfAbsent("OPT_OUT_TRACKING", "true");
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
