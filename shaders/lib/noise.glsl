// Integer hashes, so that every GPU agrees; value noise on them. Twin of models/noise.py.
#pragma once

uniform sampler2D u_clouds;  // tileable: two soft fields, one ridged, one fine
uniform sampler2D u_smoke;   // tileable: how high smoke stands, its slopes along x and y, its threads

// Finaliser of Mueller's 32-bit hash, as in lowbias32 (Wellons 2018).
uint mixed(uint h) {
    h ^= h >> 16; h *= 0x7FEB352Du;
    h ^= h >> 15; h *= 0x846CA68Bu;
    h ^= h >> 16;
    return h;
}

float hash(ivec3 p) {
    uint h = uint(p.x) * 0x9E3779B1u ^ uint(p.y) * 0x85EBCA77u ^ uint(p.z) * 0xC2B2AE3Du;
    return float(mixed(h)) * (1.0 / 4294967296.0);
}

float hash(float n) { return hash(ivec3(int(n), 0, 0)); }
vec3 hash3(float n) {
    int i = int(n);
    return vec3(hash(ivec3(i, 1, 0)), hash(ivec3(i, 2, 0)), hash(ivec3(i, 3, 0)));
}

float value_noise(vec3 p) {
    ivec3 i = ivec3(floor(p));
    vec3 f = fract(p);
    vec3 w = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    float x00 = mix(hash(i), hash(i + ivec3(1, 0, 0)), w.x);
    float x10 = mix(hash(i + ivec3(0, 1, 0)), hash(i + ivec3(1, 1, 0)), w.x);
    float x01 = mix(hash(i + ivec3(0, 0, 1)), hash(i + ivec3(1, 0, 1)), w.x);
    float x11 = mix(hash(i + ivec3(0, 1, 1)), hash(i + ivec3(1, 1, 1)), w.x);
    return mix(mix(x00, x10, w.y), mix(x01, x11, w.y), w.z);
}

float fbm(vec3 p, int octaves) {
    float sum = 0.0, weight = 0.5, total = 0.0;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * value_noise(p);
        total += weight;
        weight *= 0.5;
        p *= 2.03;
    }
    return sum / total;
}

// The value that pixel p adds before rounding (Jimenez 2014).
float gradient_dither(vec2 p) {
    return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715))));
}

// Curl of a smooth potential made of sines: free of divergence by construction.
vec3 curl(vec3 p) {
    vec3 a = sin(p.yzx * 1.3 + vec3(0.0, 1.7, 3.1)) + 0.5 * sin(p.zxy * 2.7 + vec3(2.0, 0.4, 5.2));
    vec3 b = cos(p.zxy * 1.1 + vec3(4.1, 0.3, 1.9)) + 0.5 * cos(p.yzx * 2.3 + vec3(0.8, 3.7, 2.5));
    return (a + b) * 0.4;
}
