package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.InForce;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What all requests of one edge share.
///
/// @param open how many requests have begun to arrive and are not answered yet
/// @param running how many of them are being worked on
/// @param draining whether clients are asked to go elsewhere
record Setup(
    EdgeSettings settings,
    Router router,
    Authenticator authenticator,
    InForce inForce,
    ByteBudget budget,
    Cors cors,
    Access.Log log,
    AtomicInteger open,
    AtomicInteger running,
    AtomicBoolean draining) {}
