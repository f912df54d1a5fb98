//! A server on loopback that checks signatures with the slow model.
