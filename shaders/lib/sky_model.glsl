// The clear sky of `models/sky/atmosphere.py`, its twin: tables of the air, and how they are read.
// Hillaire 2020; the transmittance mapping is Bruneton & Neyret's, 2008. Lengths are kilometres,
// coefficients per kilometre, `mu` the sine of an elevation. Heights are kept, never distances
// from the planet's centre, whose squares single precision would round to kilometres.
#pragma once

const float SKY_PI = 3.14159265;
const float SKY_GROUND = 6360.0;
const float SKY_TOP = 100.0;
const float SKY_EYE = 0.002;
const float SKY_SUN_RADIUS = 0.034;
const vec2 SKY_TRANSMITTANCE = vec2(256.0, 64.0);
const vec2 SKY_SCATTER = vec2(32.0, 32.0);
const vec2 SKY_VIEW = vec2(192.0, 128.0);  // of one light; the texture holds two, one above another

// -- for everyone: the sky in a direction, its light on things, the disc ------------------------

// Table coordinates 0..1 onto texel centres, so that the edges are met and never passed.
vec2 sky_texel(vec2 at, vec2 size) { return (clamp(at, 0.0, 1.0) * (size - 1.0) + 0.5) / size; }

// Radiance from a direction: `light` is the one that the table was made for (its azimuth counts),
// `row` 0 the dusk and 1 the silver sky. Directions are unit vectors, z up.
vec3 sky_lut(sampler2D table, vec3 dir, vec3 light, float row) {
    vec2 flat_dir = length(light.xy) > 1e-4 ? normalize(light.xy) : vec2(1.0, 0.0);
    float along = dot(dir.xy, flat_dir);
    float aside = abs(dir.x * flat_dir.y - dir.y * flat_dir.x);
    float azimuth = aside + abs(along) > 1e-6 ? atan(aside, along) : 0.0;
    float lift = asin(clamp(dir.z, -1.0, 1.0)) / (0.5 * SKY_PI);
    vec2 at = vec2(sqrt(azimuth / SKY_PI), 0.5 + 0.5 * sign(lift) * sqrt(abs(lift)));
    at = sky_texel(at, SKY_VIEW);
    return textureLod(table, vec2(at.x, (at.y + row) * 0.5), 0.0).rgb;
}

// Both skies at once: `silver` 0 is the dusk, 1 the light from above.
vec3 sky_lut(sampler2D table, vec3 dir, vec3 light, vec2 shares) {
    vec3 dusk = sky_lut(table, dir, light, 0.0) * shares.x;
    return shares.y > 0.0 ? dusk + sky_lut(table, dir, light, 1.0) * shares.y : dusk;
}

// As that, with the horizon's light in place of the ground below it: what far air is mixed with.
vec3 sky_above(sampler2D table, vec3 dir, vec3 light, vec2 shares) {
    return sky_lut(table, normalize(vec3(dir.xy, max(dir.z, 0.0)) + 1e-6), light, shares);
}

// Irradiance / pi on a plane with normal `n`, from eleven coefficients (Ramamoorthi & Hanrahan 2001;
// orders 0, 1, 2 and 4, as models/sky/atmosphere.py has them): the radiance of a white Lambert surface.
vec3 sh_light(vec3 c[11], vec3 n) {
    vec3 n2 = n * n;
    float xz = n.x * n.z, across = n2.x - n2.y;
    return c[0] * 0.282095 + (c[1] * n.z + c[2] * n.x) * 0.488603
        + c[3] * (0.946176 * n2.z - 0.315392) + c[4] * (1.092548 * xz) + c[5] * (0.546274 * across)
        + c[6] * (3.702494 * n2.z * n2.z - 3.173566 * n2.z + 0.317357)
        + c[7] * (xz * (4.683326 * n2.z - 2.007140)) + c[8] * (across * (3.311611 * n2.z - 0.473087))
        + c[9] * (1.770131 * xz * (n2.x - 3.0 * n2.y))
        + c[10] * (0.625836 * (across * across - 4.0 * n2.x * n2.y));
}

// The face of a star, 1 at the middle and 0 from the limb on: mu^a (Hestroffer & Magnan 1998).
// `across2` is the squared distance from the middle in radii of the disc.
vec3 sun_face(float across2) {
    float mu = sqrt(max(1.0 - across2, 0.0));
    return pow(vec3(mu), vec3(0.67, 0.86, 1.08));
}

// -- for the tables alone -------------------------------------------------------------------------

uniform vec3 u_air_rayleigh;
uniform vec3 u_air_mie;
uniform vec3 u_air_mie_absorption;
uniform vec3 u_air_layer;
uniform vec3 u_air_ground;
uniform vec4 u_air_heights;  // of Rayleigh, Mie, the layer; the layer's half width
uniform vec3 u_air_lobes;    // mean cosines of the wide and the narrow lobe; the narrow one's share

struct Medium {
    vec3 small;  // scattered by molecules
    vec3 large;  // scattered by haze
    vec3 lost;   // scattered or absorbed
};

Medium sky_medium(float height) {
    float haze = exp(-height / u_air_heights.y);
    float layer = max(1.0 - abs(height - u_air_heights.z) / u_air_heights.w, 0.0);
    vec3 small = u_air_rayleigh * exp(-height / u_air_heights.x);
    vec3 large = u_air_mie * haze;
    return Medium(small, large, small + large + u_air_mie_absorption * haze + u_air_layer * layer);
}

float sky_to_top(float height, float mu) {
    float along = (SKY_GROUND + height) * mu;
    float free = (SKY_TOP - height) * (2.0 * SKY_GROUND + SKY_TOP + height);
    float root = sqrt(along * along + free);
    return along > 0.0 ? free / max(root + along, 1e-9) : root - along;
}

// Distance to the ground or the air's end; `hit` says whether it is the ground.
float sky_to_end(float height, float mu, out bool hit) {
    float along = (SKY_GROUND + height) * mu;
    float free = height * (2.0 * SKY_GROUND + height);
    float inside = along * along - free;
    hit = inside >= 0.0 && along < 0.0;
    return hit ? free / max(sqrt(inside) - along, 1e-9) : sky_to_top(height, mu);
}

float sky_rise(float height, float mu, float way) {
    float more = height * (2.0 * SKY_GROUND + height)
        + way * (way + 2.0 * (SKY_GROUND + height) * mu);
    return max(more / (sqrt(SKY_GROUND * SKY_GROUND + more) + SKY_GROUND), 0.0);
}

// The light's elevation sine after `way`, where `angle` is the cosine between way and light.
float sky_light_mu(float height, float sun, float angle, float way, float here) {
    return ((SKY_GROUND + height) * sun + way * angle) / (SKY_GROUND + here);
}

// The share of a light that comes to a height; the planet's shadow is as soft as the sun is wide.
vec3 sky_light_left(sampler2D transmittance, float height, float sun) {
    float far = sqrt(SKY_TOP * (2.0 * SKY_GROUND + SKY_TOP));
    float rho = sqrt(height * (2.0 * SKY_GROUND + height));
    float least = SKY_TOP - height;
    float u = (sky_to_top(height, sun) - least) / max(rho + far - least, 1e-9);
    float shade = smoothstep(-SKY_SUN_RADIUS, SKY_SUN_RADIUS, sun + rho / (SKY_GROUND + height));
    vec2 at = sky_texel(vec2(u, rho / far), SKY_TRANSMITTANCE);
    return textureLod(transmittance, at, 0.0).rgb * shade;
}

// The length of a step as its own air lets one see it; a series where 1 - e^-x would lose digits.
vec3 sky_reach(vec3 lost, float stride) {
    vec3 x = lost * stride;
    return stride * mix((1.0 - exp(-x)) / max(x, 1e-6), 1.0 - 0.5 * x, lessThan(x, vec3(1e-3)));
}

vec3 sky_scattered(sampler2D scatter, float height, float sun) {
    vec2 at = sky_texel(vec2(sun * 0.5 + 0.5, height / SKY_TOP), SKY_SCATTER);
    return textureLod(scatter, at, 0.0).rgb;
}

float sky_rayleigh(float cosine, float breadth) {
    return (1.0 + 0.5 * breadth * breadth * (1.5 * cosine * cosine - 0.5)) / (4.0 * SKY_PI);
}

float sky_lobe(float cosine, float g) {
    return (1.0 - g * g) / pow(1.0 + g * g - 2.0 * g * cosine, 1.5) / (4.0 * SKY_PI);
}

float sky_mie(float cosine, float breadth) {
    vec2 g = u_air_lobes.xy * breadth;
    return mix(sky_lobe(cosine, g.x), sky_lobe(cosine, g.y), u_air_lobes.z);
}
