// How much light a rough, glossy surface sends back. Twin of models/reflectance.py, which has
// the sources.
#pragma once

uniform sampler2D u_reflectance;  // of an even light: f0 * x + y, by cosine of view and roughness

const float DIELECTRIC = 0.04;  // stone, cloth and skin straight on

float facets(float nh, float a) {
    float d = nh * nh * (a * a - 1.0) + 1.0;
    return a * a / (3.14159265 * d * d);
}

float visible(float nl, float nv, float a) {
    float s = a * a;
    float hidden = nl * sqrt(nv * nv * (1.0 - s) + s) + nv * sqrt(nl * nl * (1.0 - s) + s);
    return 0.5 / max(hidden, 1e-9);
}

float schlick(float vh) {
    float m = 1.0 - vh, m2 = m * m;
    return DIELECTRIC + (1.0 - DIELECTRIC) * m2 * m2 * m;
}

// x: what is sent back of an even light; y: how much light that met several facets adds to one
// meeting's (Fdez-Aguera 2019).
vec2 sent_back(float nv, float roughness) {
    vec2 size = vec2(textureSize(u_reflectance, 0));
    vec2 t = textureLod(u_reflectance, (vec2(nv, roughness) * (size - 1.0) + 0.5) / size, 0.0).rg;
    float several = 1.0 + DIELECTRIC * (1.0 / max(t.x + t.y, 1e-3) - 1.0);
    return vec2((DIELECTRIC * t.x + t.y) * several, several);
}

// The highlight of one light in direction l, times the cosine; light of its own width in radians
// rounds the facets' slope (Karis 2013).
float highlight(vec3 n, vec3 v, vec3 l, float roughness, float width) {
    float a = clamp(roughness * roughness + 0.5 * width, 0.002, 1.0);
    vec3 h = normalize(v + l);
    float nl = max(dot(n, l), 0.0), nv = max(dot(n, v), 1e-3), nh = max(dot(n, h), 0.0);
    return facets(nh, a) * visible(nl, nv, a) * schlick(max(dot(v, h), 0.0)) * nl;
}
