package dev.lion.teacher;

/** Whether a referee's verdict is asked for as JSON that the model is held to by a schema. */
public enum StructuredOutput {
    /** Where the model says that it supports schemas; the default. */
    AUTO,
    /** Always, for a model that supports schemas and does not say so. */
    ALWAYS,
    /** Never: two score lines (paper, section 3.2). */
    NEVER
}
