/**
 * Adversarial distillation: a strong teacher model is distilled into a small student that its owner can run.
 *
 * <p>The tour, in the order of the paper (<i>Lion: Adversarial Distillation of Proprietary Large Language Models</i>,
 * EMNLP 2023): {@code dev.lion.data} holds what flows through the loop, {@code dev.lion.role} the four roles that an
 * application supplies, {@code dev.lion.loop} the coordinator with its three stages, {@code dev.lion.judging} how the referee
 * is used, {@code dev.lion.novelty} the near-duplicate rule, {@code dev.lion.run} the durable state of a run, {@code
 * dev.lion.evaluation} accuracy on held-out items, and {@code dev.lion.report} the page that shows what happened.
 */
@NullMarked
package dev.lion;

import org.jspecify.annotations.NullMarked;
